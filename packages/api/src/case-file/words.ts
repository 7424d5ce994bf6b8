import { labelOf } from '../queries/labels';

/** The Chinese words of a code in a field of that name; an unknown one is shown as it is. */
export const wordOf = (field: string, code: string): string => labelOf(field, code)?.zh ?? code;

/** Minor units as people write money: ¥128.00 (DEC-16). */
export const moneyOf = ({ amount, currency }: { readonly amount: number; readonly currency: string }): string => {
  const format = new Intl.NumberFormat('zh-CN', { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};
