/** What the keeper of burst credits and throughput modes says. */
export const THROUGHPUT_FINDINGS = {
  'credits-exhaustion-expected': {
    severity: 'should-fix',
    title: 'The burst credits are expected to run out',
    remedy:
      'Switch to provisioned throughput before they do, or let Mountkeeper do it at the last safe moment: tag the file system mountkeeper:throughput=auto.',
  },
  'credits-exhausted': {
    severity: 'must-fix',
    title: 'The burst credits are used up and the file system is throttled to its baseline',
    remedy: 'Switch to provisioned throughput, or wait: the work takes longer, and credits come back when it is idle.',
  },
  'throughput-short': {
    severity: 'should-fix',
    title: 'The provisioned amount is used in full and more is wanted',
    remedy: 'Raise the amount: an increase is never refused, but it starts the 24 hours of the lock again.',
  },
  'throughput-lowered': {
    severity: 'info',
    title: 'Less provisioned throughput is enough',
    remedy: 'Nothing to do: the amount is lowered as soon as the lock allows and it saves money.',
  },
  'throughput-over': {
    severity: 'info',
    title: 'Provisioned throughput is no longer needed',
    remedy: 'Nothing to do: the file system goes back to its free allowance. What it cost is told here.',
  },
  'throughput-asked': {
    severity: 'info',
    title: 'The throughput mode was asked for by hand',
    remedy: 'Nothing to do: Mountkeeper takes it for its own from now on, and goes back when the forecast allows.',
  },
  'throughput-untold': {
    severity: 'should-fix',
    title: 'The throughput was switched by a run that ended before it knew or could tell',
    remedy: 'Nothing to do: this is the telling. Look at the failed invocation if it comes again.',
  },
  'throughput-locked': {
    severity: 'should-fix',
    title: "AWS's 24-hour rule holds the throughput mode while the credits run out",
    remedy: 'Move what loads the file system to a later hour, or accept the throttling until the time named here.',
  },
  'throughput-tag-unreadable': {
    severity: 'should-fix',
    title: 'A tag that should be a number cannot be read',
    remedy: 'Set it to a plain number, such as 64. Until then a bound counts as 0, so no throughput is bought.',
  },
  'throughput-budget': {
    severity: 'should-fix',
    title: 'The budget does not pay for enough throughput',
    remedy:
      'Raise the tag mountkeeper:max-monthly-usd or mountkeeper:max-mibps, or the setting throughputMonthlyUsd, or accept the throttling.',
  },
  'throughput-capacity': {
    severity: 'should-fix',
    title: 'AWS does not grant the amount of throughput that is needed',
    remedy: 'Ask AWS for a higher limit, or wait: less is tried meanwhile.',
  },
  'throughput-refused': {
    severity: 'should-fix',
    title: 'AWS refused to change the throughput',
    remedy: 'Read what AWS said. It is not asked again before it can succeed.',
  },
  'throughput-changed-elsewhere': {
    severity: 'should-fix',
    title: 'Somebody else changed the throughput that Mountkeeper had set',
    remedy:
      'Mountkeeper backs off for a day, then longer. Take the throughput mode out of the template that resets it, or tag the file system mountkeeper:throughput=observe.',
  },
  'throughput-set-by-owner': {
    severity: 'info',
    title: 'The throughput was set by somebody else and is left alone',
    remedy: 'Nothing to do. Set the mode to bursting to hand it to Mountkeeper.',
  },
  'throughput-metrics-missing': {
    severity: 'should-fix',
    title: 'CloudWatch has no metrics of the file system, so nothing is forecast',
    remedy: 'Look whether the file system is used at all, and whether the role may call cloudwatch:GetMetricData.',
  },
  'throughput-not-listed': {
    severity: 'must-fix',
    title: 'The file systems could not be listed, so no burst credits are watched',
    remedy: 'Let the role of the throughput function call elasticfilesystem:DescribeFileSystems.',
  },
  'throughput-parking-refuted': {
    severity: 'info',
    title: 'A small provisioned amount does not burst here',
    remedy: 'Nothing to do: Mountkeeper goes back to the bursting mode instead.',
  },
  'throughput-prices-unknown': {
    severity: 'should-fix',
    title: 'The prices of this Region are not set, so nothing is bought',
    remedy:
      'Set the stack parameters provisionedUsd, elasticReadUsd and elasticWriteUsd; those of us-east-1 are known.',
  },
  'io-limit-reached': {
    severity: 'should-fix',
    title: 'The file system is at its limit of operations a second, which no MiB/s cures',
    remedy:
      'Make fewer, larger requests, spread the files over several file systems, or take Elastic throughput, which has a higher limit.',
  },
} as const;
