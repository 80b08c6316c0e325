import JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { RTCSessionEvent } from 'jssip/lib/UA.js';

/** Runs in Chromium: JsSIP with the least around it. The test steers it through `window.jssipPhone`. */

const events: string[] = [];
let session: RTCSession | undefined;

function register(url: string, uri: string, password: string): Promise<void> {
  const phone = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(url)], uri, password, session_timers: false });
  phone.on('newRTCSession', (event: RTCSessionEvent) => {
    session = event.session;
    events.push(`rings ${event.request.getHeader('X-Crosspoint-Reservation')} ${session.remote_identity.display_name}`);
    session.on('ended', ({ cause }) => events.push(`ended ${cause}`));
    session.on('failed', ({ cause, originator }) => events.push(`failed ${cause} by ${originator}`));
    session.on('confirmed', () => events.push('confirmed'));
  });
  return new Promise((resolve, reject) => {
    phone.on('registered', () => resolve());
    phone.on('registrationFailed', ({ cause }) => reject(new Error(cause)));
    phone.start();
  });
}

/** What the packets of now are, out and in, e.g. `audio/opus audio/opus`. */
async function codecs(): Promise<string> {
  const stats = new Map(await session?.connection.getStats());
  const of = (type: string) => {
    const stream = [...stats.values()].find((report) => report.type === type);
    return stats.get(stream?.codecId)?.mimeType ?? 'none';
  };
  return `${of('outbound-rtp')} ${of('inbound-rtp')}`;
}

const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

Object.assign(window, {
  jssipPhone: {
    events,
    register,
    codecs,
    answer: () => session?.answer({ mediaConstraints: { audio, video: false }, pcConfig: { iceServers: [] } }),
    hangUp: () => session?.terminate(),
    hold: () => new Promise<void>((resolve) => session?.hold({}, () => resolve())),
    unhold: () => new Promise<void>((resolve) => session?.unhold({}, () => resolve())),
    press: (digit: string, by: 'INFO' | 'RFC2833') => session?.sendDTMF(digit, { transportType: by as never }),
  },
});
