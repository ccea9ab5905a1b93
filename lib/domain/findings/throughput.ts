export const THROUGHPUT_FINDINGS = {} as const;
