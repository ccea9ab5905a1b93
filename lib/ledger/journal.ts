import { allRows, type Changing, change, create } from './changing.ts';
import { changeKey, journalKey, PARTITION } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { entryOf, isAbout, isBefore, lineOf, recording } from './verbs/journal.ts';
import { writingOnce } from './verbs/plain.ts';

export function createJournal(store: Changing): Pick<Ledger, 'intend' | 'record' | 'change' | 'changes'> {
  async function entry(changeId: string) {
    const { pk, sk } = changeKey(changeId);
    return entryOf(await store.rows.get(pk, sk));
  }

  return {
    // Both at once: nothing is changed in AWS before both are there, and half of it is a change that never was.
    intend: async (intended) => {
      await Promise.all([
        create(store, changeKey(intended.changeId), writingOnce({ ...intended })),
        create(store, journalKey(intended.changeId), writingOnce(lineOf(intended))),
      ]);
    },
    record: (changeId, came) => change(store, changeKey(changeId), recording(changeId, came)),
    change: entry,
    changes: async (about) => {
      const lines = await allRows(store.rows, PARTITION.journal, {
        reverse: true,
        enough: (row) => isBefore(row, about.sinceMs),
      });
      const entries = await Promise.all(lines.filter((row) => isAbout(row, about)).map((row) => entry(row.sk)));
      return entries.filter((found) => found !== undefined);
    },
  };
}
