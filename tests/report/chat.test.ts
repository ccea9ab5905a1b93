import { alert } from '../../lib/report/alert.ts';
import { came, done, INGRESS_MISSING, input, OPEN_INGRESS } from './samples.ts';

interface Notification {
  readonly version: string;
  readonly source: string;
  readonly id: string;
  readonly content: Readonly<Record<string, unknown>> & { readonly nextSteps: readonly string[] };
  readonly metadata: Readonly<Record<string, unknown>> & { readonly threadId: string };
}

const given = input(came({ findings: [INGRESS_MISSING], steps: [done(OPEN_INGRESS)] }));

function chat(changes: Partial<typeof given> = {}): Notification {
  return JSON.parse(alert({ ...given, ...changes }).chat) as Notification;
}

test('a chat message has the only shape that is not dropped', () => {
  const { version, source, content, metadata } = chat();
  expect([version, source, content['textType']]).toEqual(['1.0', 'custom', 'client-markdown']);
  expect(Object.keys(content).sort()).toEqual(['description', 'keywords', 'nextSteps', 'textType', 'title']);
  expect(Object.keys(metadata).sort()).toEqual([
    'additionalContext',
    'eventType',
    'relatedResources',
    'summary',
    'threadId',
  ]);
});

test('all messages of an incident are in one thread, each with an id of its own', () => {
  const first = chat();
  const second = chat({ status: 'updated', incident: { ...given.incident, count: 14 } });
  expect(second.metadata.threadId).toBe(first.metadata.threadId);
  expect(second.id).not.toBe(first.id);
});

test('chat carries the same attributes as the mail', () => {
  expect(chat().metadata['additionalContext']).toMatchObject(alert(given).attributes);
});

test('evidence and texts of others stay out of chat', () => {
  expect(JSON.stringify(chat())).not.toContain('ResourceInitializationError');
});

test('the revert command is whole and in code', () => {
  expect(chat().content.nextSteps.at(-1)).toBe(
    'Undo: `aws lambda invoke --function-name mountkeeper-revert --cli-binary-format raw-in-base64-out --payload \'{"change":"mf3k2a10-91c0"}\' /dev/stdout --region eu-west-1`',
  );
});
