import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { uploads } from '../../../shared/contracts/bridge-events.ts';
import { uploadExamples } from '../../contract/wire-examples.ts';
import { openApi } from './api-house.ts';

it('an upload is answered with the same Ack as a command, and a key that the contract does not know is refused', async () => {
  const house = await openApi();
  const { token } = await house.logIn('adam');
  const { path } = uploads['configuration:save'];
  const { request, answer } = uploadExamples['configuration:save'];
  const send = async (body: unknown) => (await house.post(path, body, { authorization: `Bearer ${token}` })).json();
  expect(await send(request)).toEqual({ ok: true, value: answer });
  expect(await send({ ...request, surprise: 1 })).toMatchObject({ ok: false, error: { code: 'bad_request' } });
  expect(await send({ ...request, basedOn: 'seven' })).toMatchObject({ ok: false, error: { code: 'bad_request' } });
  expect(house.desk.asked.map(({ command }) => command)).toEqual(['configuration:save']);
});

it('a session that ends while the body is on its way saves nothing any more', async () => {
  const house = await openApi();
  const { token } = await house.logIn('adam');
  const socket = connect(house.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  const body = JSON.stringify(uploadExamples['configuration:save'].request);
  const said = async () => String(((await once(socket, 'data', { signal: AbortSignal.timeout(5_000) })) as [Buffer])[0]);
  const head = [
    `POST ${uploads['configuration:save'].path} HTTP/1.1`,
    `Host: 127.0.0.1:${house.port}`,
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Expect: 100-continue',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  // The head has been judged: its sender may go on.
  expect(await said()).toContain('100 Continue');
  house.registry.endAll('loggedOut');
  socket.write(body);
  const answer = await said();
  expect(answer).toContain('HTTP/1.1 401');
  expect(answer).toContain('unauthorized');
  expect(house.desk.asked).toEqual([]);
});
