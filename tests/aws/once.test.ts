import { createBatch } from '../../lib/aws/batch.ts';
import { createOnce } from '../../lib/aws/once.ts';
import { absent, present } from '../../lib/domain/fact.ts';

function counted<T>(value: T) {
  const count = { calls: 0 };
  const ask = async () => {
    count.calls += 1;
    return present(value);
  };
  return { count, ask };
}

test('what was read is not read again, not even at the same moment, until it is forgotten', async () => {
  const once = createOnce();
  const { count, ask } = counted('value');
  await Promise.all([once.read('key', ask), once.read('key', ask), once.read('other', ask)]);
  await once.read('key', ask);
  expect(count.calls).toBe(2);
  once.forget();
  await once.read('key', ask);
  expect(count.calls).toBe(3);
});

test('a refusal of AWS is remembered as unknown; any other error is thrown and not remembered', async () => {
  const once = createOnce();
  let calls = 0;
  const denied = async () => {
    calls += 1;
    throw Object.assign(new Error('no'), { name: 'AccessDenied', $fault: 'client' });
  };
  expect(await once.read('key', denied)).toEqual({ state: 'unknown', why: 'denied: this role may not call the call' });
  await once.read('key', denied);
  expect(calls).toBe(1);
  const broken = async () => {
    calls += 1;
    throw new TypeError('a fault of ours');
  };
  await expect(once.read('broken', broken)).rejects.toThrow('a fault of ours');
  await expect(once.read('broken', broken)).rejects.toThrow('a fault of ours');
  expect(calls).toBe(3);
});

test('a listing notes what it told, unless that was read already or everything was forgotten meanwhile', async () => {
  const once = createOnce();
  const { count, ask } = counted('asked');
  await once.read('b', ask);
  await once.read('list', async (note) => {
    note('a', present('listed'));
    note('b', present('listed'));
    return present(2);
  });
  expect([await once.read('a', ask), await once.read('b', ask)]).toEqual([present('listed'), present('asked')]);
  await once.read('slow list', async (note) => {
    once.forget();
    note('a', present('stale'));
    return present(1);
  });
  expect(await once.read('a', ask)).toEqual(present('asked'));
  expect(count.calls).toBe(2);
});

test('what is asked for at the same moment is loaded together, each id once, as many as fit in a call', async () => {
  const loads: string[][] = [];
  const ask = createBatch<string>({
    size: 3,
    load: async (ids) => {
      loads.push([...ids]);
      return new Map(ids.filter((id) => id !== 'gone').map((id) => [id, `value of ${id}`]));
    },
  });
  const answers = await Promise.all(['a', 'b', 'a', 'gone', 'c'].map(ask));
  expect(loads).toEqual([
    ['a', 'b'],
    ['gone', 'c'],
  ]);
  expect(answers).toEqual([
    present('value of a'),
    present('value of b'),
    present('value of a'),
    absent,
    present('value of c'),
  ]);
  await ask('d');
  expect(loads).toHaveLength(3);
});

test('an error of a batch is the error of everybody in it', async () => {
  const ask = createBatch<string>({
    size: 10,
    load: async () => {
      throw new Error('down');
    },
  });
  const answers = await Promise.allSettled([ask('a'), ask('b')]);
  expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'rejected']);
});
