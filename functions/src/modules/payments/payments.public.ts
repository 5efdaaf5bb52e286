export { mergeReport, newPayment, type PaymentReport, sumPayments } from './payments.policy.ts';
export { findPaymentLink, listPaymentsOf, paymentLinks } from './payments.repository.ts';
