import { useText } from '../../../i18n/index.ts';
import { classes } from '../../../ui/index.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
export const isKey = (key: string): boolean => (keys as readonly string[]).includes(key);

/** The twelve keys of a telephone. `pressed` is drawn as held down, for keys that are typed. */
export function KeyPad(props: { readonly isOff: boolean; readonly pressed: string | null; onKey(key: string): void }) {
  const { isOff, pressed, onKey } = props;
  const { t } = useText();
  return (
    <fieldset className="try-keys" aria-label={t('keypad.title')} disabled={isOff}>
      {keys.map((key) => (
        <button
          key={key}
          type="button"
          className={classes('try-key', key === pressed && 'is-down')}
          aria-label={t('keypad.key', { digit: key })}
          onClick={() => onKey(key)}
        >
          {key}
        </button>
      ))}
    </fieldset>
  );
}
