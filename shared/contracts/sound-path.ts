import * as z from 'zod/mini';

/**
 * How a desktop's phone may reach the bridge's sound, as the browser takes it (W3C WebRTC, RTCConfiguration). The passwords open the relay
 * until `expiresAt` (epoch ms); new ones are pushed well before that. A call that goes through the relay by then goes on.
 */
export const soundPathSchema = z.object({
  iceServers: z.array(z.object({ urls: z.array(z.string()), username: z.string(), credential: z.string() })),
  /** `relay`: only through these servers, even where another way would be open. */
  iceTransportPolicy: z.enum(['all', 'relay']),
  expiresAt: z.number(),
});
export type SoundPath = z.infer<typeof soundPathSchema>;
