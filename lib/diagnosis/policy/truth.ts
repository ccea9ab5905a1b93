/** Three values, because "could not be looked at" must never be read as "no". */
export type Truth = 'yes' | 'no' | 'unknown';

export function truth(value: boolean): Truth {
  return value ? 'yes' : 'no';
}

export function allOf(values: readonly Truth[]): Truth {
  if (values.includes('no')) return 'no';
  return values.includes('unknown') ? 'unknown' : 'yes';
}

export function anyOf(values: readonly Truth[]): Truth {
  if (values.includes('yes')) return 'yes';
  return values.includes('unknown') ? 'unknown' : 'no';
}

const opposite = { yes: 'no', no: 'yes', unknown: 'unknown' } as const satisfies Record<Truth, Truth>;

export function not(value: Truth): Truth {
  return opposite[value];
}
