import { createConnect } from '../../lib/cli/connect.ts';

jest.setTimeout(60_000);

test('a Region of the environment or a profile that cannot be one is told as what it is', async () => {
  const connect = createConnect({
    config: { region: 'eu west 1', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } },
  });
  await expect(connect({})).rejects.toMatchObject({
    name: 'Stop',
    message: expect.stringMatching(/^What is set as the Region cannot be one\..* region="eu west 1"/),
  });
});
