import { BookOpen } from 'lucide-react';
import { useText } from '../../i18n/index.ts';

/** An article of the knowledge base by its number, opened beside the work. */
export function ArticleLink({ number, onOpen }: { readonly number: string; onOpen(number: string): void }) {
  const { t } = useText();
  return (
    <button type="button" className="guide-article small nowrap" title={t('guide.article', { number })} onClick={() => onOpen(number)}>
      <BookOpen className="icon icon-small" aria-hidden="true" />
      {number}
    </button>
  );
}
