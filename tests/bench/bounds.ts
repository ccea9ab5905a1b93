/** Calls, and round trips that must wait for each other. */
export interface Bound {
  readonly calls: number;
  readonly trips: number;
}

/**
 * The lower bounds, worked out by hand: what has to be asked and written, and what of it needs another answer first.
 * Reads and writes of the ledger are calls like any other; what an answer says is never asked twice, but for the keys,
 * which are looked at again before a write. Each row of the ledger is a call of its own, since each is written on the
 * condition that it is as it was read: in one transaction a conflict on one of them would fail all.
 *
 * | stage          | calls                                                                            | trips: what it waits for    |
 * | -------------- | -------------------------------------------------------------------------------- | --------------------------- |
 * | open           | the mode, the cool-down's row, the lease's row; then the lease                    | 2: the lease's version      |
 * | openCold       | as open, for what has no cool-down                                                | 2                           |
 * | named          | task, service, task definition and the newest, enrolment, journal of the family   | 1: the lease                |
 * | mount          | file system, mount targets, policy, access point, subnets, role and its two lists | 1: the definition           |
 * | behind         | groups of all mount targets, two DNS attributes of the VPC, one inline policy     | 1: targets, subnets, names  |
 * | passage        | groups and ACLs, each in one call                                                 | 1: the groups' ids          |
 * | interfaces     | how many interfaces and which families have the task's group, which file systems the target's | 0: beside behind            |
 * | execution      | the execution role and its two lists; who else has task role and access point     | 0: beside behind            |
 * | executionGrant | its inline policy                                                                 | 0: beside passage           |
 * | credits        | one GetMetricData                                                                 | 1: that the way is open     |
 * | log            | the log group's tags, then its lines                                              | 0: beside mount and behind  |
 * | instance       | container instance, EC2 instance, and only then its subnet                        | 2: each names the next      |
 * | restrain       | holds, one budget, counts of two wishes, the incident                             | 1: the plan                 |
 * | openRule       | key and groups again; budget and intent (two rows); the rule                      | 3: nothing refused is journaled |
 * | writeGrant     | key and the lease's row; budget, intent and the role's lease; policy; policy; the lease back | 4                |
 * | next           | outcome and count, beside budget and intent of the next step; that step           | 2                           |
 * | end            | outcome and count, beside the incident                                            | 1                           |
 * | tell           | the incident's row; the incident                                                  | 1: the diagnosis            |
 * | remember       | the cool-down's row                                                               | 0: beside close             |
 * | close          | the lease back, beside the two topics                                             | 1: the incident             |
 * | told, toldToo  | that people were told of a change                                                 | 1: the alert                |
 * | rememberTold   | how the things were of which people were told                                     | 1: the alert                |
 * | resting        | whose mounts rest on the thing                                                    | 1: the lease                |
 * | family         | enrolment, radius, definition, clusters; their services; the services             | 3: each names the next      |
 * | restedOn       | what mount and behind are above                                                   | 0: beside family: it waits for the definition alone |
 * | untold         | the journal: what a run that died told nobody of                                  | 0: beside family            |
 * | heldBack       | holds, one budget, count of one wish, the incident; and the incident              | 2: the plan, the incident's row |
 * | newThing       | that the family rests on it, before the family's row says so                      | 1: the alert                |
 * | connections    | open incidents                                                                    | 1: the lease                |
 * | deletionSeen   | the access point, until AWS has deleted it, which takes the simulated account 4 looks | 4: each wait                |
 * | toMake         | belongings, published ids, reservations, journal of the day, registrar, families of the role, access points; execution role and its two lists, the last move of the service | 0: beside family and passage |
 * | rememberMade   | enrolment, registrar; of service and role two reads each and what is new          | 1: what is known, beside close |
 * | whoseRule      | whose the group is, the journal, the change                                       | 3: each names the next      |
 * | stillUsed      | its interfaces, the rules and the group that hold it; clusters and their services | 1: the change               |
 * | caughtUp       | the journal and the change in it, the incident; holds                             | 2: each names the next      |
 * | takeBack       | the group again; intent (two rows); the rule again, right before; the rule        | 4                           |
 * | takenBack      | outcome, incident; that the change is taken back, beside close                    | 1                           |
 * | standing       | definition, enrolment, belongings                                                 | 1: the lease                |
 * | volumes        | published ids, clusters, reservations, journal, registrar, families of the role, role and its two lists, file system, access points, targets, policy | 1: the tags |
 * | surroundings   | services, groups of all mount targets                                             | 1: clusters, targets        |
 * | restrainSetUp  | holds, two budgets, counts of three wishes, the incident                          | 1: the plan                 |
 * | makePoint      | key; budget, intent, the id; the access point; asked for until AWS has made it, which takes the simulated account 4 looks; two rows of whose it is | 8    |
 * | grantNext      | outcome and count, beside key and the lease's row; budget, intent, lease; policy; policy; the lease back | 4        |
 * | registerNext   | outcome and count (its row, too), beside budget and intent; newest again after the wait; registration | 3           |
 * | endSetUp       | outcome and count, its memory, beside the incident                                | 1                           |
 * | rememberSetUp  | enrolment, registrar's row, role's rows (two reads, two writes)                   | 0: beside close and told    |
 * | allKnown       | enrolments, radii, what was told, the cursor; the tagged revisions; clusters      | 1: the lease                |
 * | allListed      | file systems, access points, interfaces of mount targets, roles; names of the newest revisions, what is remembered of them; the services' names | 1: what is known, the clusters |
 * | familyLooked   | policy of the file system, its services                                           | 1: the listings             |
 * | familyPassage  | groups, ACLs, subnets; two DNS attributes                                         | 1: the services             |
 * | around         | open incidents, what nobody was told of, what is left open, task starts           | 0: beside the family        |
 * | dueList        | when which file system is due                                                     | 1: the lease                |
 * | dueListed      | file systems, and what is remembered of all                                       | 1: that one is due          |
 * | metrics        | one GetMetricData                                                                 | 1: the ids                  |
 * | rememberWatch  | the row of the file system, beside the lease; and then when it is due             | 2: a run that dies leaves it due |
 * | leaseBack      | the lease                                                                         | 1: all else                 |
 */
const STAGES = {
  open: { calls: 4, trips: 2 },
  openCold: { calls: 3, trips: 2 },
  named: { calls: 6, trips: 1 },
  mount: { calls: 8, trips: 1 },
  behind: { calls: 4, trips: 1 },
  passage: { calls: 2, trips: 1 },
  interfaces: { calls: 3, trips: 0 },
  execution: { calls: 5, trips: 0 },
  executionGrant: { calls: 1, trips: 0 },
  credits: { calls: 1, trips: 1 },
  log: { calls: 2, trips: 0 },
  instance: { calls: 2, trips: 2 },
  restrain: { calls: 5, trips: 1 },
  openRule: { calls: 6, trips: 3 },
  writeGrant: { calls: 9, trips: 4 },
  next: { calls: 6, trips: 2 },
  end: { calls: 3, trips: 1 },
  tell: { calls: 2, trips: 1 },
  remember: { calls: 1, trips: 0 },
  close: { calls: 3, trips: 1 },
  told: { calls: 1, trips: 1 },
  toldToo: { calls: 1, trips: 0 },
  rememberTold: { calls: 1, trips: 1 },
  resting: { calls: 1, trips: 1 },
  family: { calls: 6, trips: 3 },
  restedOn: { calls: 12, trips: 0 },
  untold: { calls: 1, trips: 0 },
  heldBack: { calls: 5, trips: 2 },
  newThing: { calls: 1, trips: 1 },
  connections: { calls: 1, trips: 1 },
  deletionSeen: { calls: 4, trips: 4 },
  toMake: { calls: 11, trips: 0 },
  rememberMade: { calls: 8, trips: 1 },
  whoseRule: { calls: 3, trips: 3 },
  stillUsed: { calls: 5, trips: 1 },
  caughtUp: { calls: 4, trips: 2 },
  takeBack: { calls: 5, trips: 4 },
  takenBack: { calls: 3, trips: 1 },
  standing: { calls: 3, trips: 1 },
  volumes: { calls: 13, trips: 1 },
  surroundings: { calls: 2, trips: 1 },
  restrainSetUp: { calls: 7, trips: 1 },
  makePoint: { calls: 12, trips: 8 },
  grantNext: { calls: 11, trips: 4 },
  registerNext: { calls: 8, trips: 3 },
  endSetUp: { calls: 4, trips: 1 },
  rememberSetUp: { calls: 6, trips: 0 },
  allKnown: { calls: 6, trips: 1 },
  allListed: { calls: 7, trips: 1 },
  familyLooked: { calls: 2, trips: 1 },
  familyPassage: { calls: 5, trips: 1 },
  around: { calls: 4, trips: 0 },
  dueList: { calls: 1, trips: 1 },
  dueListed: { calls: 2, trips: 1 },
  metrics: { calls: 1, trips: 1 },
  rememberWatch: { calls: 3, trips: 2 },
  leaseBack: { calls: 1, trips: 1 },
  // What is not there need not be asked for.
  noTargets: { calls: -3, trips: -1 },
  noRole: { calls: -4, trips: 0 },
  noPoint: { calls: -1, trips: 0 },
  noInline: { calls: -1, trips: 0 },
  noNeighbours: { calls: -1, trips: 0 },
  oneWishLess: { calls: -1, trips: 0 },
} as const satisfies Readonly<Record<string, Bound>>;

export type Stage = keyof typeof STAGES;

export function boundOf(stages: readonly Stage[]): Bound {
  return {
    calls: stages.reduce((sum, stage) => sum + STAGES[stage].calls, 0),
    trips: stages.reduce((sum, stage) => sum + STAGES[stage].trips, 0),
  };
}

const SEEN: readonly Stage[] = ['open', 'named', 'mount', 'behind', 'passage'];
const TELL: readonly Stage[] = ['tell', 'remember', 'close'];
const TOLD: readonly Stage[] = [...SEEN, ...TELL];
const WRITTEN: readonly Stage[] = ['next', 'end', 'close', 'told', 'toldToo'];

/** For a Fargate service in three zones; those that only EC2 has, for a service in bridge mode. */
export const REMEDIATE: Readonly<Record<string, readonly Stage[]>> = {
  'sg-ingress': [...SEEN, 'interfaces', 'restrain', 'openRule', ...WRITTEN],
  'sg-egress': [...SEEN, 'interfaces', 'restrain', 'openRule', ...WRITTEN],
  acl: [...TOLD, 'interfaces'],
  'acl-replies': [...TOLD, 'interfaces'],
  'no-mount-target': TOLD,
  'no-mount-targets': [...TOLD, 'noTargets'],
  'mount-target-creating': TOLD,
  'dns-off': TOLD,
  'dns-host-names-off': TOLD,
  'fs-missing': [...TOLD, 'noTargets'],
  'ap-missing': TOLD,
  'ap-other-fs': TOLD,
  'ap-creating': TOLD,
  'ap-no-directory': TOLD,
  'root-dir-with-ap': TOLD,
  'root-dir-not-found': [...TOLD, 'noPoint'],
  'tls-off': [...TOLD, 'noRole', 'noPoint'],
  'iam-off': [...TOLD, 'noRole'],
  'no-task-role': [...TOLD, 'noRole'],
  'no-grant': [...SEEN, 'noInline', 'execution', 'restrain', 'writeGrant', ...WRITTEN],
  'grant-on-ap-arn': [...SEEN, 'execution', 'restrain', 'writeGrant', ...WRITTEN],
  'grant-on-execution-role': [...SEEN, 'noInline', 'execution', 'executionGrant', 'restrain', 'writeGrant', ...WRITTEN],
  'policy-deny': TOLD,
  'no-client-write': [...TOLD, 'log'],
  'root-squash': [...TOLD, 'log'],
  'posix-mismatch': [...TOLD, 'log'],
  'copy-up-chown': [...TOLD, 'instance'],
  'agent-old': [...TOLD, 'instance'],
  'credits-zero': [...TOLD, 'interfaces', 'credits'],
};

/** The first answer of a warm function that a person waits for: that of the rule's own call. */
export const UNTIL_REPAIRED: readonly Stage[] = [...SEEN, 'interfaces', 'restrain', 'openRule'];

const RESTING: readonly Stage[] = ['openCold', 'resting', 'family', 'restedOn', 'untold', 'passage'];

const MADE_AGAIN: readonly Stage[] = ['toMake', 'tell', 'close', 'rememberMade'];
const TAKEN_BACK: readonly Stage[] = ['caughtUp', 'takeBack', 'takenBack', 'close', 'told'];

/** Of a family that is healthy and known. */
export const DRIFT = {
  'a rule is revoked': [...RESTING, 'interfaces', 'restrain', 'oneWishLess', 'openRule', 'end', 'close', 'told'],
  'an egress rule is revoked': [
    ...RESTING,
    'interfaces',
    'noNeighbours',
    'restrain',
    'oneWishLess',
    'openRule',
    'end',
    'close',
    'told',
  ],
  'a policy denies': [...RESTING, 'tell', 'close', 'rememberTold'],
  'a policy is deleted, and the mounts work': [...RESTING, 'remember', 'leaseBack'],
  'a mount target is gone': [...RESTING, 'tell', 'close', 'rememberTold'],
  'a mount target gets groups without a key': [
    ...RESTING,
    'interfaces',
    'heldBack',
    'close',
    'newThing',
    'rememberTold',
  ],
  'an access point is deleted': [
    'openCold',
    'resting',
    'deletionSeen',
    'family',
    'restedOn',
    'noPoint',
    'untold',
    'passage',
    ...MADE_AGAIN,
  ],
  'a tag of Mountkeeper is set': [...RESTING, 'leaseBack'],
  'a key is taken away': [...RESTING, 'tell', 'close', 'rememberTold'],
  'a rule of ours keeps a group from being deleted': ['openCold', 'whoseRule', 'stillUsed', ...TAKEN_BACK],
  'a client connects, and no incident is open': ['openCold', 'connections', 'leaseBack'],
  'something changes that no mount rests on': ['openCold', 'resting', 'leaseBack'],
} as const satisfies Readonly<Record<string, readonly Stage[]>>;

export const PROVISION: readonly Stage[] = [
  'openCold',
  'standing',
  'volumes',
  'surroundings',
  'restrainSetUp',
  'makePoint',
  'grantNext',
  'registerNext',
  'endSetUp',
  'rememberSetUp',
  'close',
  'told',
  'toldToo',
  'toldToo',
];

/** The only family of the account, which is well and was seen before. */
export const SWEEP: readonly Stage[] = [
  'openCold',
  'allKnown',
  'allListed',
  'familyLooked',
  'familyPassage',
  'around',
  'leaseBack',
];

/** The only file system with the key, whose credits are plenty. */
export const WATCH: readonly Stage[] = ['openCold', 'dueList', 'dueListed', 'metrics', 'rememberWatch'];
