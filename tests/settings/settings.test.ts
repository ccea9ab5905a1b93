import { readSettings, SETTINGS } from '../../lib/settings.ts';

const GIVEN = {
  MOUNTKEEPER_ACCOUNT_ID: '111122223333',
  AWS_REGION: 'eu-west-1',
  MOUNTKEEPER_LEDGER_TABLE: 'mountkeeper-ledger',
  MOUNTKEEPER_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:mountkeeper-alerts',
};

test('what the stack does not give has its default', () => {
  expect(readSettings(GIVEN)).toMatchObject({
    mode: 'repair',
    guard: 'strict',
    repairsPerHour: '30',
    accountId: '111122223333',
  });
});

test('all mistakes are told together', () => {
  const wrong = {
    ...GIVEN,
    MOUNTKEEPER_MODE: 'of',
    MOUNTKEEPER_REPAIRS_PER_HOUR: 'many',
    MOUNTKEEPER_ACCOUNT_ID: undefined,
  };
  expect(() => readSettings(wrong)).toThrow(
    /3 setting\(s\) are wrong:[\s\S]*MOUNTKEEPER_ACCOUNT_ID is not set[\s\S]*MOUNTKEEPER_MODE is "of"; expected observe or repair[\s\S]*MOUNTKEEPER_REPAIRS_PER_HOUR is "many"/,
  );
});

test.each(['-1', '', ' ', 'NaN', '1e'])('the number "%s" is refused', (text) => {
  expect(() => readSettings({ ...GIVEN, MOUNTKEEPER_REPAIRS_PER_HOUR: text })).toThrow('MOUNTKEEPER_REPAIRS_PER_HOUR');
});

test('every default is valid', () => {
  const odd = Object.values(SETTINGS).filter((row) => row.fallback !== undefined && !row.valid(row.fallback));
  expect(odd).toEqual([]);
});
