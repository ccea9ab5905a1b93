/** EC2 user guide, "Filter your resources": at most 200 values. */
export const VALUES = 200;

/** A filter forgives an id that does not exist; in a list of ids one of them fails the whole call. */
export function filter(Name: string, values: readonly string[]) {
  return { Filters: [{ Name, Values: [...values] }] };
}
