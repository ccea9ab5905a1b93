import * as z from 'zod/mini';
import { LAUNCH_TYPES, REASON_FIELDS, type Reason, VOLUME_TYPES } from '../diagnosis/classify/types.ts';
import { untrusted } from '../diagnosis/classify/untrusted.ts';

export type ParsedLine =
  | { readonly ok: true; readonly reason: Reason; readonly echo: Echo }
  | { readonly ok: false; readonly field: string; readonly error: string; readonly echo: Echo };

/** The caller's own name for the line, so that answers can be matched. */
export interface Echo {
  readonly id?: string | number;
}

const REASON = z.object({
  text: z.string(),
  field: z.optional(z.nullable(z.enum(REASON_FIELDS))),
  stopCode: z.optional(z.nullable(z.string())),
  launchType: z.optional(z.nullable(z.enum(LAUNCH_TYPES))),
  volumes: z.optional(z.nullable(z.array(z.enum(VOLUME_TYPES)))),
  containerReasons: z.optional(z.nullable(z.array(z.string()))),
});

type ReasonField = keyof z.infer<typeof REASON>;

const EXPECTED: Readonly<Record<ReasonField, string>> = {
  text: 'a string, for example "mount.nfs4: Connection timed out"',
  field: `one of ${REASON_FIELDS.join(', ')}`,
  stopCode: 'a string, for example "TaskFailedToStart"',
  launchType: `one of ${LAUNCH_TYPES.join(', ')}`,
  volumes: `a list of ${VOLUME_TYPES.join(', ')}, for example ["efs"]`,
  containerReasons: 'a list of strings',
};

const EXAMPLE = '{"text": "mount.nfs4: Connection timed out", "volumes": ["efs"]}';

export function parseReasonLine(line: string): ParsedLine {
  const json = parseJson(line);
  if (!isRecord(json)) {
    return { ok: false, field: 'line', echo: {}, error: `line: expected a JSON object, for example ${EXAMPLE}` };
  }
  const echo = echoOf(json);
  const parsed = REASON.safeParse(json);
  if (parsed.success) return { ok: true, reason: withoutNulls(parsed.data), echo };
  const field = fieldOf(parsed.error.issues[0]?.path[0]);
  const got = json[field] === undefined ? 'nothing' : untrusted(JSON.stringify(json[field]), 60);
  return { ok: false, field, echo, error: `${field}: expected ${EXPECTED[field]}; got ${got}` };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function echoOf({ id }: Readonly<Record<string, unknown>>): Echo {
  if (typeof id === 'number') return { id };
  return typeof id === 'string' ? { id: untrusted(id, 128) } : {};
}

function fieldOf(path: PropertyKey | undefined): ReasonField {
  return path !== undefined && path in EXPECTED ? (path as ReasonField) : 'text';
}

/** `null` is how exports and corpora write "not known". */
function withoutNulls(data: z.infer<typeof REASON>): Reason {
  const { field, stopCode, launchType, volumes, containerReasons } = data;
  return {
    text: data.text,
    ...(field ? { field } : {}),
    ...(stopCode ? { stopCode } : {}),
    ...(launchType ? { launchType } : {}),
    ...(volumes ? { volumes } : {}),
    ...(containerReasons ? { containerReasons } : {}),
  };
}
