import type { CauseRule } from './cause-rule.ts';
import { HELPER_CAUSES } from './causes-of-helper.ts';
import { SYSTEM_CAUSES } from './causes-of-system.ts';

/**
 * The one ordered table of causes. Of all rows that match, the one whose words end last in the text wins, because
 * retries and fallbacks come before what ended the mount; where two end together, the upper row.
 */
export const CAUSES: readonly CauseRule[] = [...HELPER_CAUSES, ...SYSTEM_CAUSES];
