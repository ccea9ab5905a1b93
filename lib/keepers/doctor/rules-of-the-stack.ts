/** What calls Mountkeeper, as the framework names the rules; a test holds this to functions/. */
export const RULES_OF_THE_STACK: readonly string[] = [
  ...rulesOf('drift', 4),
  ...rulesOf('provision', 2),
  ...rulesOf('remediate', 1),
];

function rulesOf(keeper: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_none, index) => `mountkeeper-${keeper}-rule-${index + 1}`);
}

/** What EventBridge could not hand over, and what a function could not finish. */
export const QUEUES = { undelivered: 'mountkeeper-undelivered', failed: 'mountkeeper-failed' } as const;

export const PARAMETERS = { installation: '/mountkeeper/installation', settings: '/mountkeeper/settings' } as const;
