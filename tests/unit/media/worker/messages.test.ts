import { describe, expect, it } from 'vitest';
import { isOrder, isReport } from '../../../../cti-bridge/media/worker/messages.ts';

describe('messages between the processes', () => {
  it.each([
    [{ order: 'offerRtp', requestId: 1, sessionId: 's', legId: 'l', srtp: 'never', codecs: 'g711' }, true],
    [{ order: 'stats', requestId: 1 }, true],
    [{ order: 'offerRtp', requestId: '1', sessionId: 's', legId: 'l' }, false],
    [{ order: 'offerRtp', requestId: 1, sessionId: 's' }, false],
    [{ order: 'play', sessionId: 's', legId: 'l', playId: 'p', source: null }, false],
    [{ order: 'toString' }, false],
    [{ report: 'ready' }, false],
    [null, false],
    ['offerRtp', false],
  ])('%j is an order: %s', (message, wanted) => {
    expect(isOrder(message)).toBe(wanted);
  });

  it.each([
    [{ report: 'ready' }, true],
    [{ report: 'notice', sessionId: 's', notice: {} }, true],
    [{ report: 'done', requestId: 1 }, false],
    [{ order: 'stats', requestId: 1 }, false],
    [undefined, false],
  ])('%j is a report: %s', (message, wanted) => {
    expect(isReport(message)).toBe(wanted);
  });
});
