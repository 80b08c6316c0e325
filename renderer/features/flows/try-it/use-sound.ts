import { useEffect, useRef } from 'react';
import type { Simulated, TranscriptLine } from '../../../../shared/contracts/ivr/commands.ts';
import type { FlowRunDeeds } from '../run-deeds.ts';

/** Plays a sound to its end, or until the signal; never fails. */
export type PlaySound = (url: string, until: AbortSignal) => Promise<void>;

/**
 * The prompts to be heard now, in order: those after the first `heard` lines. `heard` null, and a run that went a step back: from where it
 * stands.
 */
export function unheard(lines: readonly TranscriptLine[], heard: number | null): readonly string[] {
  const isFurther = heard !== null && lines.length >= heard;
  const stands = lines.findLastIndex(({ what }) => what === 'entered');
  const from = isFurther ? heard : Math.max(0, stands);
  return lines.slice(from).flatMap(({ what, prompts }) => (what === 'heard' ? prompts : []));
}

/**
 * Lets the prompts of a run be heard as they come, one after the other. A step that is taken cuts off what still plays, as a key does on
 * the telephone; a prompt that cannot be heard is passed over.
 */
export function useSound(
  run: Simulated | null,
  /** How many steps led there. */
  stepCount: number,
  isOn: boolean,
  openPrompt: FlowRunDeeds['openPrompt'],
  play: PlaySound = playSound,
): void {
  /** Null while nothing is heard. */
  const heard = useRef<number | null>(null);
  const taken = useRef(stepCount);
  taken.current = stepCount;
  useEffect(() => {
    if (run === null) return;
    const prompts = isOn ? unheard(run.lines, taken.current === 0 ? 0 : heard.current) : [];
    heard.current = isOn ? run.lines.length : null;
    const over = new AbortController();
    const playAll = async () => {
      for (const promptId of prompts) {
        const url = await openPrompt(promptId, run.locale);
        if (over.signal.aborted) return;
        if (url !== null) await play(url, over.signal);
        if (over.signal.aborted) return;
      }
    };
    void playAll();
    return () => over.abort();
  }, [run, isOn, openPrompt, play]);
}

function playSound(url: string, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const sound = new Audio(url);
    const end = () => {
      sound.pause();
      resolve();
    };
    sound.onended = end;
    sound.onerror = end;
    until.addEventListener('abort', end, { once: true });
    sound.play().catch(end);
  });
}
