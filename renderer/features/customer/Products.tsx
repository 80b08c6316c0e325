import type { ContactRecord } from '../../../shared/contracts/contact.ts';
import { useText } from '../../i18n/index.ts';
import { Section } from '../../ui/index.ts';

export function Products({ record, limit }: { readonly record: ContactRecord; readonly limit?: number }) {
  const { t, formats } = useText();
  const { products, monthlySpend } = record;
  const more = monthlySpend ? t('customer.aMonth', { money: formats.money(monthlySpend.amount, monthlySpend.currency) }) : undefined;
  return (
    <Section title={t('customer.products')} more={more}>
      {products.length === 0 ? <p className="text-2">{t('customer.noProducts')}</p> : null}
      <ul className="products">
        {products.slice(0, limit).map((product) => (
          <li key={product.productId}>
            <strong>{formats.number(product.quantity)}</strong>
            <span className="small text-2">{product.name}</span>
            {product.unused > 0 ? (
              <span className="small tone-waiting">{t('customer.unused', { count: product.unused })}</span>
            ) : (
              <span className="small text-3 product-detail">{product.detail ?? t('customer.allInUse')}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
