import { LAUNCH_TYPES, REASON_FIELDS, type Reason, VOLUME_TYPES } from '../../diagnosis/classify/types.ts';
import { EXIT, Stop } from '../exit.ts';
import { explainData, explainLine, explainText } from '../explain.ts';
import type { Terminal } from '../terminal.ts';

export interface ExplainOptions {
  readonly jsonl?: boolean;
  readonly json?: boolean;
  readonly field?: string;
  readonly stopCode?: string;
  readonly launchType?: string;
  readonly volumes?: string;
}

/** Needs no AWS account: the text is all there is. */
export async function explain(words: readonly string[], options: ExplainOptions, terminal: Terminal): Promise<number> {
  if (options.jsonl) return await explainStream(terminal);
  const text = words.length > 0 ? words.join(' ') : await pipedText(terminal);
  if (text.trim() === '')
    throw new Stop(
      'Nothing to explain: give the task\'s stopped reason as text, for example\n  mountkeeper explain "mount.nfs4: Connection timed out"\nor pipe it in.',
    );
  const reason = reasonOf(text, options);
  await terminal.data(`${options.json ? JSON.stringify(explainData(reason)) : explainText(reason)}\n`);
  return EXIT.fine;
}

/** A line is answered before the next is read, so that it can stand in a pipe that does not end. */
async function explainStream(terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.fine;
  for await (const line of terminal.lines()) {
    const answer = explainLine(line);
    if (answer === undefined) continue;
    if (!answer.understood) exitCode = EXIT.failed;
    await terminal.data(`${answer.text}\n`);
  }
  return exitCode;
}

async function pipedText(terminal: Terminal): Promise<string> {
  if (!terminal.isPiped) return '';
  const lines: string[] = [];
  for await (const line of terminal.lines()) lines.push(line);
  return lines.join('\n');
}

function reasonOf(text: string, { field, stopCode, launchType, volumes }: ExplainOptions): Reason {
  return {
    text,
    ...(field === undefined ? {} : { field: oneOf(REASON_FIELDS, field, '--field') }),
    ...(stopCode === undefined ? {} : { stopCode }),
    ...(launchType === undefined ? {} : { launchType: oneOf(LAUNCH_TYPES, launchType, '--launch-type') }),
    ...(volumes === undefined ? {} : { volumes: volumesOf(volumes) }),
  };
}

function volumesOf(text: string): NonNullable<Reason['volumes']> {
  const words = text.split(/[\s,]+/).filter((word) => word !== '' && word !== 'none');
  return words.map((word) => oneOf(VOLUME_TYPES, word, '--volumes'));
}

function oneOf<T extends string>(allowed: readonly T[], word: string, option: string): T {
  const found = allowed.find((one) => one === word);
  if (found === undefined)
    throw new Stop(`${option} is "${word.slice(0, 80)}"; expected one of ${allowed.join(', ')}.`);
  return found;
}
