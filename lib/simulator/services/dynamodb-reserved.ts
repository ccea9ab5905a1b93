/**
 * Words that an expression must not use as a name without `#` (DynamoDB developer guide, "Reserved words in DynamoDB"): the
 * part of the list that a ledger of tasks, times and amounts could meet. They fold case.
 */
const RESERVED =
  `action add all any attribute backup batch between bucket by case check class cluster clusters comment condition
  connection contains count counter create current cursor data date day default definition delete desc describe
  domain duration each element end error escape exceeded exception exists expression family fields file filter
  first format found from function get grant group handler hash hidden hold hour identity if in increment index
  interval item items key keys language last length level limit list load local location lock locks log map match
  max member method metrics min minute mode month name names new next no none not null number object of offset old
  on open operator option or order other owner parameter parameters partial partition path percent permission
  permissions plan pool position primary private property provisioning public put query range rank read
  record reference region release repeat replace request reset resource response restore result return role roles
  row rows rule rules sample scan schema scope search second section segment sequence session set share shared
  show size source space start state static status storage store stream string sum system table temp text
  throughput time timestamp to token total transaction trigger true ttl type undo unique unit unknown until update
  url usage use user users using uuid value values view views wait when where window with work write year zone`.split(
    /\s+/,
  );

const SET: ReadonlySet<string> = new Set(RESERVED);

export function isReserved(word: string): boolean {
  return SET.has(word.toLowerCase());
}
