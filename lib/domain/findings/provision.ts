export const PROVISION_FINDINGS = {} as const;
