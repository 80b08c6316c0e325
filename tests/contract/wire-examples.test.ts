import { describe, expect, it } from 'vitest';
import { strictRequest, strictRequests } from '../../cti-bridge/api/sockets/strict-requests.ts';
import type { PushName } from '../../shared/contracts/bridge-events.ts';
import {
  commandNames,
  commands,
  loginAnswerSchema,
  loginRequestSchema,
  pushes,
  uploadNames,
  uploads,
} from '../../shared/contracts/bridge-events.ts';
import { errorCodes, wireErrorSchema } from '../../shared/contracts/errors.ts';
import { commandExamples, loginExample, pushExamples, uploadExamples } from './wire-examples.ts';

/** As it travels: what JSON cannot carry would be lost here. */
const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the contract between desktop and bridge', () => {
  it.each(commandNames)('%s: the bridge reads what the desktop sends, the desktop reads what the bridge answers', (name) => {
    const { request, answer } = commandExamples[name];
    const atBridge = strictRequests.get(name)?.safeParse(overTheWire(request));
    expect(atBridge).toMatchObject({ success: true });
    expect(atBridge?.data).toEqual(request);
    expect(commands[name].request.parse(overTheWire(request))).toEqual(request);
    expect(commands[name].answer.parse(overTheWire(answer))).toEqual(answer);
  });

  it.each(uploadNames)('%s: what is sent beside the socket is read by both ends as well', (name) => {
    const { request, answer } = uploadExamples[name];
    expect(strictRequest(uploads[name].request).parse(overTheWire(request))).toEqual(request);
    expect(strictRequest(uploads[name].request).safeParse({ ...request, surprise: 1 })).toMatchObject({ success: false });
    expect(uploads[name].answer.parse(overTheWire(answer))).toEqual(answer);
  });

  it.each(Object.keys(pushes) as PushName[])('%s: the desktop reads what the bridge pushes, whole', (name) => {
    expect(pushes[name].parse(overTheWire(pushExamples[name]))).toEqual(pushExamples[name]);
  });

  it('log-in, both ways', () => {
    expect(loginRequestSchema.parse(overTheWire(loginExample.request))).toEqual(loginExample.request);
    expect(loginAnswerSchema.parse(overTheWire(loginExample.answer))).toEqual(loginExample.answer);
  });

  it.each(commandNames)('%s: a key that the contract does not know is refused by the bridge', (name) => {
    expect(strictRequests.get(name)?.safeParse({ ...commandExamples[name].request, surprise: 1 })).toMatchObject({ success: false });
  });

  it('every error code is readable by the desktop', () => {
    for (const code of errorCodes) expect(wireErrorSchema.parse(overTheWire({ code, message: 'x' })).code).toBe(code);
    expect(wireErrorSchema.safeParse({ code: 'surprise', message: 'x' }).success).toBe(false);
  });
});
