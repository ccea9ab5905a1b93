/** What Mountkeeper says about its own caution. */
export const GUARD_FINDINGS = {
  'key-missing': {
    severity: 'should-fix',
    title: "The owner's key is missing, so nothing was changed",
    remedy: 'The owner of the resource sets the tag named here; Mountkeeper then goes on by itself.',
  },
  'grant-protects-nothing': {
    severity: 'must-fix',
    title: 'No file-system policy makes the grants count',
    remedy:
      'Without a file-system policy whoever reaches port 2049 is root on the whole file system. Review and put the policy offered here.',
  },
  'mode-unreadable': {
    severity: 'must-fix',
    title: 'The mode parameter is missing or cannot be read',
    remedy: 'Mountkeeper only observes until the SSM parameter /mountkeeper/mode can be read again.',
  },
  'budget-used-up': {
    severity: 'should-fix',
    title: 'The budget of changes is used up',
    remedy: 'The sweep tries again when the hour is over. Look at what causes so many changes first.',
  },
  'breaker-open': {
    severity: 'must-fix',
    title: 'A repair was undone again and again, so Mountkeeper leaves it alone',
    remedy: 'Find who undoes it (named here), settle it, then release the change by hand.',
  },
  'held-after-revert': {
    severity: 'info',
    title: 'The change was reverted by hand and is held',
    remedy: 'Release it by hand, or change a key, to let Mountkeeper plan it again.',
  },
  'needs-a-person': {
    severity: 'must-fix',
    title: 'A guard could not be evaluated or refused, so a person has to decide',
    remedy: 'Read the reason, look at the plan, and apply it by hand if it is right.',
  },
} as const;
