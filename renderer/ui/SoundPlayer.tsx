import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from './Button.tsx';
import { classes } from './tone.ts';
import './sound-player.css';

export interface SoundPlayerProps {
  readonly durationMs: number;
  /** Marked on the line of time. */
  readonly silences: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly words: {
    readonly play: string;
    readonly pause: string;
    readonly position: string;
    readonly faster: string;
    readonly failed: string;
    readonly silence: string;
  };
  clock(ms: number): string;
  /** Where the sound is, asked for when it is first played, and once more where that way has ended. Null: it cannot be had. */
  open(): Promise<string | null>;
}

const speeds = [1, 1.5, 2] as const;
const stepSeconds = 5;

/** Plays a sound in its place. Nothing is fetched before it is played; the arrow keys on the line of time go five seconds on or back. */
export function SoundPlayer({ durationMs, silences, words, clock, open }: SoundPlayerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const [state, setState] = useState<'still' | 'loading' | 'playing' | 'failed'>('still');
  const [atMs, setAtMs] = useState(0);
  const [speed, setSpeed] = useState(0);
  /** Whether the way to it has been asked for again since it last played. */
  const isSecondTry = useRef(false);
  useEffect(() => () => audio.current?.pause(), []);

  async function load(element: HTMLAudioElement): Promise<boolean> {
    const url = await open();
    if (url === null) return false;
    element.src = url;
    element.currentTime = atMs / 1000;
    return true;
  }

  async function play(): Promise<void> {
    const element = audio.current;
    if (!element) return;
    setState('loading');
    try {
      if (!element.getAttribute('src') && !(await load(element))) return setState('failed');
      element.playbackRate = speeds[speed] ?? 1;
      await element.play();
    } catch {
      await again();
    }
  }

  /** A way that was given long ago has ended meanwhile: it is asked for once more. */
  async function again(): Promise<void> {
    const element = audio.current;
    if (!element?.getAttribute('src') || isSecondTry.current) return setState('failed');
    isSecondTry.current = true;
    element.removeAttribute('src');
    await play();
  }

  function goTo(ms: number): void {
    setAtMs(ms);
    if (audio.current?.getAttribute('src')) audio.current.currentTime = ms / 1000;
  }

  const isPlaying = state === 'playing' || state === 'loading';
  const percent = (ms: number) => `${durationMs === 0 ? 0 : Math.min(100, (ms / durationMs) * 100)}%`;
  return (
    <div className="sound-player">
      {/* biome-ignore lint/a11y/useMediaCaption: a recorded call has no captions. */}
      <audio
        ref={audio}
        preload="none"
        onPlaying={() => {
          isSecondTry.current = false;
          setState('playing');
        }}
        onPause={() => setState((now) => (now === 'failed' ? now : 'still'))}
        onEnded={() => goTo(0)}
        onTimeUpdate={({ currentTarget }) => setAtMs(currentTarget.currentTime * 1000)}
        onError={() => void again()}
      />
      <IconButton
        icon={isPlaying ? Pause : Play}
        label={isPlaying ? words.pause : words.play}
        onClick={() => (isPlaying ? audio.current?.pause() : void play())}
      />
      <span className="sound-line">
        <span className="sound-track" aria-hidden="true">
          <i className="sound-heard" style={{ width: percent(atMs) }} />
          {silences.map(({ fromMs, toMs }) => (
            <i
              key={fromMs}
              className="sound-silence"
              title={words.silence}
              style={{ left: percent(fromMs), width: percent(Math.max(0, toMs - fromMs)) }}
            />
          ))}
        </span>
        <input
          type="range"
          min={0}
          max={Math.max(1, Math.round(durationMs / 1000))}
          step={stepSeconds}
          value={Math.round(atMs / 1000)}
          aria-label={words.position}
          aria-valuetext={clock(atMs)}
          onChange={(event) => goTo(Number(event.target.value) * 1000)}
        />
      </span>
      <span className="small figures text-3 nowrap">
        {clock(atMs)} / {clock(durationMs)}
      </span>
      <button
        type="button"
        className="sound-speed small figures"
        aria-label={`${words.faster} ${speeds[speed]}×`}
        title={words.faster}
        onClick={() => {
          const next = (speed + 1) % speeds.length;
          setSpeed(next);
          if (audio.current) audio.current.playbackRate = speeds[next] ?? 1;
        }}
      >
        {speeds[speed]}×
      </button>
      <span className={classes('small sound-said', state === 'failed' && 'tone-broken')} role="status">
        {state === 'failed' ? words.failed : null}
      </span>
    </div>
  );
}
