import type { CallView } from '../../../shared/contracts/call.ts';
import type { LeftMessage } from '../../../shared/contracts/voicemail.ts';
import { soundWords, useText } from '../../i18n/index.ts';
import { type Action, Button, Section, SoundPlayer } from '../../ui/index.ts';
import './message.css';

/** What was left, and what to do about it. Once they are called it is a call like any other, and can still be heard again. */
export function Message(props: {
  readonly message: LeftMessage;
  readonly call: CallView | null;
  readonly actions: Readonly<Record<'message.callBack' | 'call.end', Action>>;
  hear(recordingId: string): Promise<string | null>;
}) {
  const { message, call, actions, hear } = props;
  const text = useText();
  const { t, formats } = text;
  const callBack = actions['message.callBack'];
  const end = actions['call.end'];
  const undecided = call?.message ?? null;
  return (
    <Section
      className="offer-part left-message"
      title={t('recording.message')}
      more={t('voicemail.leftAt', { time: formats.timeOfDay(message.leftAt) })}
    >
      <SoundPlayer
        durationMs={message.durationMs ?? 0}
        silences={[]}
        words={soundWords(text)}
        clock={formats.clock}
        open={() => hear(message.recordingId)}
      />
      {undecided ? (
        <div className="row left-message-deeds">
          {undecided.canCallBack ? (
            <Button kind="primary" shortcut={callBack.shortcut} disabled={!callBack.isEnabled} onClick={callBack.perform}>
              {callBack.label}
            </Button>
          ) : (
            <span className="small text-2">{t('voicemail.noNumber')}</span>
          )}
          <Button shortcut={end.shortcut} disabled={!end.isEnabled} onClick={end.perform}>
            {t('voicemail.done')}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
