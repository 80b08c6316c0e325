/**
 * Speaks texts with a program beside the bridge: espeak-ng where it is installed, or whatever `speech.command` names, so that better voices
 * can be had without touching the bridge.
 *
 * Two things to know: the program is started without a shell and given the text by its standard input, so that no text is ever part of a
 * command; and what was spoken once is kept, since the same text in the same voice is the same sound.
 */
export { cachedSpeech } from './cached-speech.ts';
export { findSpeech } from './find-speech.ts';
