import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { usualSettings } from '../../../shared/contracts/desktop-api.ts';
import { useText } from '../../i18n/index.ts';
import { speechLevel } from '../../phone/index.ts';
import type { DeviceKind, Stores } from '../../stores/index.ts';
import { Button, Popover, Select } from '../../ui/index.ts';
import type { DeviceDeeds } from './deeds.ts';
import { LevelBar } from './LevelBar.tsx';
import './devices.css';

export interface SoundDevicesProps {
  readonly stores: Stores;
  readonly deeds: DeviceDeeds;
  /** Where it opens: the devices' place in the call bar. */
  readonly anchor: RefObject<HTMLElement | null>;
  /** What else belongs to the ears: headset buttons, the check. */
  readonly children?: ReactNode;
}

/** Microphone, speaker and ringer, chosen apart; each can be tried where it stands, in a call as well. */
export function SoundDevices({ stores, anchor, ...rest }: SoundDevicesProps) {
  const { t } = useText();
  const isOpen = useStore(stores.view, (view) => view.open === 'devices');
  return (
    <Popover
      title={t('devices.title')}
      anchor={anchor}
      align="end"
      isOpen={isOpen}
      onOpenChange={(open) => stores.view.setState({ open: open ? 'devices' : 'none' })}
    >
      {isOpen ? <Devices stores={stores} {...rest} /> : null}
    </Popover>
  );
}

function Devices({ stores, deeds, children }: Omit<SoundDevicesProps, 'anchor'>) {
  const { t } = useText();
  return (
    <div className="devices">
      <DeviceChoice stores={stores} deeds={deeds} kind="microphone" />
      <MicrophoneLevel stores={stores} deeds={deeds} />
      <DeviceChoice stores={stores} deeds={deeds} kind="speaker" />
      <Loudspeaker stores={stores} deeds={deeds} kind="speaker" />
      <DeviceChoice stores={stores} deeds={deeds} kind="ringer" />
      <Loudspeaker stores={stores} deeds={deeds} kind="ringer" />
      <HeadsetButtons stores={stores} deeds={deeds} />
      <p className="small text-3">{t('devices.remembered')}</p>
      {children}
    </div>
  );
}

/** The three of them without trying: where the trying is done elsewhere. */
export function DeviceChoices({ stores, deeds }: Pick<SoundDevicesProps, 'stores' | 'deeds'>) {
  return (['microphone', 'speaker', 'ringer'] as const).map((kind) => (
    <DeviceChoice key={kind} stores={stores} deeds={deeds} kind={kind} />
  ));
}

function DeviceChoice({ stores, deeds, kind }: Pick<SoundDevicesProps, 'stores' | 'deeds'> & { readonly kind: DeviceKind }) {
  const { t } = useText();
  const devices = useStore(stores.devices, (state) => (kind === 'microphone' ? state.microphones : state.speakers));
  const used = useStore(stores.devices, ({ used: now }) => now[kind]);
  const chosen = useStore(stores.settings, ({ audio = usualSettings.audio }) => audio[kind]);
  const choices = [
    { value: '', label: t('devices.usual') },
    ...devices.map(({ id, label }, at) => ({ value: id, label: label || t('devices.unnamed', { number: at + 1 }) })),
  ];
  return (
    <div>
      <Select label={t(`devices.${kind}`)} choices={choices} value={used} onChange={(id) => deeds.choose(kind, id)} />
      {chosen && used === '' ? <p className="small tone-waiting device-gone">{t('devices.gone', { name: chosen.label })}</p> : null}
    </div>
  );
}

/** Answer, end and mute from the headset itself. */
function HeadsetButtons({ stores, deeds }: Pick<SoundDevicesProps, 'stores' | 'deeds'>) {
  const { t } = useText();
  const headset = useStore(stores.devices, (state) => state.headset);
  const [isNone, setIsNone] = useState(false);
  return (
    <div className="row device-headset">
      <div className="grow">
        <div className="label">{t('devices.buttons')}</div>
        <div className="small text-2" aria-live="polite">
          {headset ?? t(isNone ? 'devices.buttons.notFound' : 'devices.buttons.none')}
        </div>
      </div>
      <Button size="small" onClick={() => void deeds.connectHeadset().then((isThere) => setIsNone(!isThere))}>
        {t(headset ? 'devices.buttons.change' : 'devices.buttons.connect')}
      </Button>
    </div>
  );
}

/** Whoever speaks sees it. */
function MicrophoneLevel({ stores, deeds }: Pick<SoundDevicesProps, 'stores' | 'deeds'>) {
  const { t } = useText();
  const used = useStore(stores.devices, (state) => state.used.microphone);
  const heardBy = useStore(stores.devices, (state) => state.heardBy);
  const [level, setLevel] = useState<number | null>(null);
  useEffect(() => {
    let isOver = false;
    let end: (() => void) | null = null;
    setLevel(null);
    // Another microphone is another measure.
    void [used, heardBy];
    void deeds
      .listen((loudness) => isOver || setLevel(speechLevel(loudness)))
      .then((ends) => {
        if (isOver) ends?.();
        else end = ends;
      });
    return () => {
      isOver = true;
      end?.();
    };
  }, [deeds, used, heardBy]);
  return <LevelBar label={t('devices.level')} level={level ?? 0} />;
}

function Loudspeaker({ stores, deeds, kind }: Pick<SoundDevicesProps, 'stores' | 'deeds'> & { readonly kind: 'speaker' | 'ringer' }) {
  const { t, formats } = useText();
  const [isPlaying, setIsPlaying] = useState(false);
  const used = useStore(stores.devices, (state) => state.used[kind]);
  const name = useStore(stores.devices, (state) => state.speakers.find(({ id }) => id === used)?.label ?? '');
  const volume = useStore(stores.settings, ({ audio = usualSettings.audio }) => (audio.volumes as Record<string, number>)[name] ?? 1);
  const play = async () => {
    setIsPlaying(true);
    await deeds.play(kind);
    setIsPlaying(false);
  };
  return (
    <div className="row device-volume">
      <input
        type="range"
        className="grow"
        min={0}
        max={1}
        step={0.05}
        value={volume}
        aria-label={t(`devices.volume.${kind}`)}
        aria-valuetext={`${formats.number(Math.round(volume * 100))}%`}
        onChange={({ target }) => deeds.setVolume(kind, Number(target.value))}
      />
      <Button size="small" disabled={isPlaying} aria-label={t(`devices.play.${kind}`)} onClick={() => void play()}>
        {t('devices.play')}
      </Button>
    </div>
  );
}
