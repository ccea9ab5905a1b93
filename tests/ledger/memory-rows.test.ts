import { createMemoryRows } from '../../lib/ledger/memory-rows.ts';
import { ledgerContract } from './contract.ts';

ledgerContract('memory', async () => createMemoryRows());

test('a row that was handed out is a copy: changing it changes nothing', async () => {
  const rows = createMemoryRows();
  const data = { list: [1] };
  await rows.put({ pk: 'p', sk: 's', data }, 0);
  data.list.push(2);
  const found = (await rows.get('p', 's'))?.data as typeof data;
  found.list.push(3);
  expect(await rows.get('p', 's')).toMatchObject({ data: { list: [1] } });
});
