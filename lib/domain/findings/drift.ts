export const DRIFT_FINDINGS = {} as const;
