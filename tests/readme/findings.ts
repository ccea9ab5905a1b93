import type { CatalogueRow } from '../../lib/domain/finding.ts';
import { CATALOGUE } from '../../lib/domain/finding.ts';
import { DRIFT_FINDINGS } from '../../lib/domain/findings/drift.ts';
import { GUARD_FINDINGS } from '../../lib/domain/findings/guards.ts';
import { INSTALLATION_FINDINGS } from '../../lib/domain/findings/installation.ts';
import { MOUNT_FINDINGS } from '../../lib/domain/findings/mount.ts';
import { PROVISION_FINDINGS } from '../../lib/domain/findings/provision.ts';
import { THROUGHPUT_FINDINGS } from '../../lib/domain/findings/throughput.ts';

const GROUPS = [
  ['Why a task does not mount, or its application fails', MOUNT_FINDINGS],
  ['Setting a family up', PROVISION_FINDINGS],
  ['What others changed, and what is left over', DRIFT_FINDINGS],
  ['Burst credits and throughput', THROUGHPUT_FINDINGS],
  ['What holds a change back', GUARD_FINDINGS],
  ['Mountkeeper itself', INSTALLATION_FINDINGS],
] as const;

/** Every message of doctor and alerts, numbered through. */
export function findings(): string {
  const all = Object.keys(CATALOGUE);
  const parts = GROUPS.map(([title, group]) => {
    const entries = Object.entries(group as Readonly<Record<string, CatalogueRow>>);
    const lines = entries.map(
      ([code, { severity, title: what, remedy }]) =>
        `${all.indexOf(code) + 1}. **\`${code}\`** (${severity.replace('-', ' ')}): ${what}. ${remedy}`,
    );
    return `<details><summary>${title} (${entries.length})</summary>\n\n${lines.join('\n')}\n\n</details>\n`;
  });
  return parts.join('\n');
}
