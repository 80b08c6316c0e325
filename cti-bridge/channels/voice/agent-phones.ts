import type { AgentLeg, AgentPhones, RingRequest, VoiceCall } from '../../interactions/index.ts';
import type { Disposable } from '../../kernel/index.ts';
import type { SipStack } from '../../sip/index.ts';
import { SipVoiceCall } from './voice-call.ts';

/** Agents' phones as registered at our registrar. */
export class RegisteredPhones implements AgentPhones {
  readonly #sip: SipStack;

  constructor(sip: SipStack) {
    this.#sip = sip;
  }

  ring(request: RingRequest, call: VoiceCall): AgentLeg {
    return ofVoice(call).ringAgent(request);
  }

  prepare(extension: string, call: VoiceCall): void {
    ofVoice(call).prepareAgent(extension);
  }

  isReachable(extension: string): boolean {
    return this.#sip.isRegistered(extension);
  }

  doubt(extension: string): void {
    this.#sip.doubt(extension);
  }

  onReachable(listener: (extension: string, isReachable: boolean) => void): Disposable {
    return this.#sip.onRegistration(listener);
  }
}

function ofVoice(call: VoiceCall): SipVoiceCall {
  if (!(call instanceof SipVoiceCall)) throw new TypeError('agent phones can only be rung for calls of the voice channel');
  return call;
}
