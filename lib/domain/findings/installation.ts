/** What is wrong with Mountkeeper itself, or worth knowing of it: the doctor looks at it first. */
export const INSTALLATION_FINDINGS = {
  'not-installed': {
    severity: 'should-fix',
    title: 'Mountkeeper is not installed in this account and Region',
    remedy: 'Look at the Region of your credentials, or deploy the stack: README, Quick start for the platform team.',
  },
  'nobody-hears-alerts': {
    severity: 'must-fix',
    title: 'The topic of the alerts has no confirmed subscription',
    remedy: 'Subscribe somebody, and confirm the subscription with the link that SNS sends.',
  },
  'subscription-pending': {
    severity: 'should-fix',
    title: 'A subscription of the topic is not confirmed',
    remedy: 'Confirm it with the link that SNS sent, or delete it; an unconfirmed one goes away after 48 hours.',
  },
  'rule-off': {
    severity: 'must-fix',
    title: 'A rule that calls Mountkeeper is missing or disabled',
    remedy: 'Enable it, or deploy the stack again: what the rule should bring is not heard meanwhile.',
  },
  'right-missing': {
    severity: 'must-fix',
    title: 'The role of a function lacks what its changes need',
    remedy: 'Deploy the stack again: the role was edited or deleted. Until then the changes named here fail.',
  },
  'no-trail': {
    severity: 'must-fix',
    title: 'No trail logs write management events, so changes are not heard',
    remedy:
      'EventBridge hears API calls only where a trail logs them: new revisions, removed rules and removed grants go by unseen until the next sweep. Create a trail, or give the stack the parameter that makes one.',
  },
  'trail-without-reads': {
    severity: 'info',
    title: 'No trail logs read management events',
    remedy:
      'NewClientConnection is not heard, so a mount that works again is noticed by the sweep, not within minutes. A trail that logs read events costs more.',
  },
  'events-undelivered': {
    severity: 'should-fix',
    title: 'EventBridge could not hand events to Mountkeeper',
    remedy:
      'Read the messages to see which function refused them, repair that, then purge the queue: the sweep catches up.',
  },
  'runs-failed': {
    severity: 'should-fix',
    title: 'Runs of Mountkeeper failed, their retries too',
    remedy: 'Read the messages: each names the function, the error and the event. Then purge the queue.',
  },
  'mode-off': {
    severity: 'should-fix',
    title: 'Mountkeeper is switched off',
    remedy: 'Set the mode to observe or repair when the reason is gone.',
  },
  'mode-observe': {
    severity: 'info',
    title: 'Mountkeeper only observes',
    remedy: 'It tells what it would do and changes nothing. Set the mode to repair to let it.',
  },
  'version-differs': {
    severity: 'should-fix',
    title: 'The deployed stack and this command line are of different versions',
    remedy: 'Deploy the stack again, or use the command line of the deployed version.',
  },
  'family-not-enrolled': {
    severity: 'info',
    title: 'The family has not opted in, so Mountkeeper leaves it alone',
    remedy:
      'Its team sets the tag mountkeeper:enabled on the task definition; "mountkeeper opt-in" prints all four keys.',
  },
  'no-efs-volume': {
    severity: 'info',
    title: 'The task definition has no EFS volume',
    remedy:
      'There is nothing to check; "mountkeeper provision" adds one where the tag mountkeeper:file-system asks for it.',
  },
} as const;
