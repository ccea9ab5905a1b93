import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { ANSI, type Palette, PLAIN } from '../report/palette.ts';

/** Data goes to stdout and talk to stderr, so that a pipe gets the one and a person sees both. */
export interface Terminal {
  readonly data: (text: string) => Promise<void>;
  readonly talk: (text: string) => void;
  /** Colours of stdout, and of stderr. */
  readonly palette: Palette;
  readonly talkPalette: Palette;
  /** Whether a person can be asked. */
  readonly canAsk: boolean;
  readonly ask: (question: string) => Promise<boolean>;
  /** Whether something is piped in. */
  readonly isPiped: boolean;
  readonly lines: () => AsyncIterable<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

type Output = Writable & { readonly isTTY?: boolean };

export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function createTerminal({ stdin, stdout, stderr, env }: Streams): Terminal {
  return {
    data: (text) => write(stdout, text),
    talk: (text) => void stderr.write(`${text}\n`),
    palette: paletteOf(stdout, env),
    talkPalette: paletteOf(stderr, env),
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    ask: async (question) => {
      const asking = createInterface({ input: stdin, output: stderr });
      try {
        return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
      } finally {
        asking.close();
      }
    },
    isPiped: stdin.isTTY !== true,
    lines: () => createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    env,
  };
}

/** Colours only on a terminal that shows them; https://no-color.org: any value that is not empty turns them off. */
function paletteOf(stream: Output, env: Streams['env']): Palette {
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return PLAIN;
  return stream.isTTY === true ? ANSI : PLAIN;
}

/** Waits where the reader is slower than we are. */
async function write(stream: Writable, text: string): Promise<void> {
  if (stream.write(text)) return;
  await new Promise<void>((resolve) => {
    stream.once('drain', resolve);
    stream.once('close', resolve);
  });
}
