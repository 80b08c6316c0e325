import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/index.ts';
import { IconButton } from '../../ui/index.ts';
import type { BoardDeeds } from './deeds.ts';

/** The head of a panel, with the way back. */
export function PanelHead({
  deeds,
  children,
  more,
}: {
  readonly deeds: BoardDeeds;
  readonly children: ReactNode;
  readonly more?: ReactNode;
}) {
  const { t } = useText();
  return (
    <div className="pane-head">
      <IconButton icon={ArrowLeft} label={t('board.back')} onClick={() => deeds.back()} />
      <h2 className="cut">{children}</h2>
      {more === undefined ? null : <span className="push row">{more}</span>}
    </div>
  );
}
