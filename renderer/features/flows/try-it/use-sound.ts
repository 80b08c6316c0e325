import { useEffect, useRef } from 'react';
import type { Simulated, TranscriptLine } from '../../../../shared/contracts/ivr/commands.ts';
import type { FlowRunDeeds } from '../run-deeds.ts';

/** Plays a sound to its end, or until the signal; never fails. */
export type PlaySound = (url: string, until: AbortSignal) => Promise<void>;

/** The prompts that were not heard yet, in order. A run that began anew or went a step back is heard from where it stands. */
export function unheard(lines: readonly TranscriptLine[], heard: number): readonly string[] {
  const from =
    lines.length >= heard
      ? heard
      : Math.max(
          0,
          lines.findLastIndex(({ what }) => what === 'entered'),
        );
  return lines.slice(from).flatMap(({ what, prompts }) => (what === 'heard' ? prompts : []));
}

/**
 * Lets the prompts of a run be heard as they come, one after the other. A step that is taken cuts off what still plays, as a key does on
 * the telephone; a prompt that cannot be heard is passed over.
 */
export function useSound(run: Simulated | null, isOn: boolean, openPrompt: FlowRunDeeds['openPrompt'], play: PlaySound = playSound): void {
  const heard = useRef(0);
  useEffect(() => {
    if (run === null) return;
    const prompts = isOn ? unheard(run.lines, heard.current) : [];
    heard.current = run.lines.length;
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
