/**
 * The voice adapter: turns a SIP leg and a media session into the `VoiceCall` and `AgentLeg` that the flows speak to.
 *
 * Two things to know: this is the only room that knows both SIP and media; and it holds no sequence. What happens in which order is told
 * in `flows/`; here each method does one thing, and every way a leg can end is mapped once, in `endings.ts`.
 *
 * Promises: a call ends exactly once, whoever was first; ending it frees legs, ports, sounds and listeners through its scope; nothing the
 * far side does throws into a flow; a call that no media worker can take is refused before any flow sees it.
 */

export type { DeskPhone } from './desk-phones.ts';
export { DeskPhones } from './desk-phones.ts';
export type { PromptFiles } from './prompt-sounds.ts';
export { openPromptSounds } from './prompt-sounds.ts';
export { TrunkLines } from './trunk-lines.ts';
export type { VoiceChannel, VoiceChannelOptions } from './voice-channel.ts';
export { createVoiceChannel } from './voice-channel.ts';
