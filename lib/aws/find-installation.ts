import { createClients } from './clients.ts';
import { type CallerTrouble, callerTrouble, isGone, toFact } from './errors.ts';
import type { ClientSettings } from './setup.ts';

export type Found =
  /** What the stack says of itself. */
  | { readonly kind: 'installed'; readonly region: string; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'not-installed'; readonly region: string }
  /** It may be installed: the caller may not look. */
  | { readonly kind: 'unreadable'; readonly region: string; readonly why: string }
  | { readonly kind: CallerTrouble; readonly message: string };

/** The one call that a command line makes first: it shows whether the caller can call at all, and what is installed. */
export async function findInstallation(settings: ClientSettings, parameter: string): Promise<Found> {
  const api = await createClients(settings).parameters();
  try {
    const region = await api.region();
    return await read(region, async () => (await api.get({ Name: parameter })).Parameter?.Value);
  } catch (error) {
    const kind = callerTrouble(error);
    if (kind === undefined) throw error;
    return { kind, message: error instanceof Error ? error.message : '' };
  }
}

async function read(region: string, ask: () => Promise<string | undefined>): Promise<Found> {
  try {
    const text = await ask();
    return text === undefined ? { kind: 'not-installed', region } : { kind: 'installed', region, values: parsed(text) };
  } catch (error) {
    if (callerTrouble(error) !== undefined) throw error;
    if (isGone(error)) return { kind: 'not-installed', region };
    const fact = toFact(error);
    return { kind: 'unreadable', region, why: fact.state === 'unknown' ? fact.why : '' };
  }
}

function parsed(text: string): Readonly<Record<string, string>> {
  try {
    const values: unknown = JSON.parse(text);
    if (typeof values !== 'object' || values === null) return {};
    return Object.fromEntries(Object.entries(values).filter((entry) => typeof entry[1] === 'string'));
  } catch {
    // Somebody wrote over it: as good as not there.
    return {};
  }
}
