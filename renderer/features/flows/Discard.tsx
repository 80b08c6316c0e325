import { useText } from '../../i18n/index.ts';
import { Button, Dialog } from '../../ui/index.ts';
import type { FlowDeeds } from './deeds.ts';

export function DiscardDialog({ deeds }: { readonly deeds: FlowDeeds }) {
  const { t } = useText();
  return (
    <Dialog
      title={t('flows.discard.title')}
      isOpen
      onClose={() => deeds.ask(null)}
      footer={
        <>
          <Button onClick={() => deeds.ask(null)}>{t('flows.cancel')}</Button>
          <Button kind="end" onClick={() => void deeds.discard()}>
            {t('flows.discard')}
          </Button>
        </>
      }
    >
      <p className="dialog-body text-2">{t('flows.discard.text')}</p>
    </Dialog>
  );
}
