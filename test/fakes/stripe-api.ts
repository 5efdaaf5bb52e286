import {
  accountOf,
  eventOf,
  onboarded,
  reversalOf,
  type StripeList,
  type StripeObject,
  stripeId,
  transferOf,
} from './stripe-objects.ts';
import {
  type Form,
  fieldsOf,
  invalid,
  missing,
  textOf,
  textsOf,
  WireError,
} from './stripe-wire.ts';

/** Everything the fake knows, as it is kept between runs. */
export interface StripeState {
  accounts: StripeObject[];
  transfers: StripeObject[];
  charges: StripeObject[];
  invoicePayments: StripeObject[];
  disputes: StripeObject[];
  events: StripeObject[];
  links: { token: string; account: string; returnUrl: string }[];
}

export function emptyState(): StripeState {
  return {
    ...{ accounts: [], transfers: [], charges: [], invoicePayments: [], disputes: [] },
    ...{ events: [], links: [] },
  };
}

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly form: Form;
  /** The connected account it is made for. */
  readonly account: string | null;
}

export interface StripeApi {
  /** Does what a request asks for. @throws WireError */
  handle(request: ApiRequest): unknown;
  /** Has something happen: the event is kept and told of. */
  emit(type: string, object: StripeObject, account?: string | null): StripeObject;
  /** The owner of an account has told Stripe everything. */
  onboard(accountId: string): StripeObject;
}

interface Options {
  readonly state: StripeState;
  readonly baseUrl: () => string;
  readonly now: () => number;
  readonly onEvent: (event: StripeObject) => void;
  /** True when the next transfer finds no money. */
  readonly takeInsufficient: () => boolean;
}

export function createStripeApi(options: Options): StripeApi {
  const { state, now, onEvent } = options;
  const emit: StripeApi['emit'] = (type, object, account = null) => {
    const event = eventOf({ type, object, account }, now());
    state.events.push(event);
    onEvent(event);
    return event;
  };
  const context: Context = { ...options, emit };
  return {
    emit,
    handle: (request) => route(context, request),
    onboard: (accountId) => {
      const account = found(state.accounts, 'account', accountId);
      Object.assign(account, onboarded);
      emit('account.updated', account, accountId);
      return account;
    },
  };
}

type Context = Options & Pick<StripeApi, 'emit'>;

function route(context: Context, request: ApiRequest): unknown {
  const { state } = context;
  const { method, path, form, account } = request;
  const [, , resource = '', id, sub] = path.split('/');
  switch (`${method} /${resource}${id === undefined ? '' : '/:id'}${sub ? `/${sub}` : ''}`) {
    case 'POST /accounts':
      return createAccount(context, form);
    case 'GET /accounts/:id':
      return found(state.accounts, 'account', id ?? '');
    case 'POST /account_links':
      return createLink(context, form);
    case 'POST /transfers':
      return createTransfer(context, form);
    case 'GET /transfers':
      return page(state.transfers.filter(transfersWith(form)), path, form);
    case 'GET /transfers/:id':
      return found(state.transfers, 'transfer', id ?? '');
    case 'POST /transfers/:id/reversals':
      return reverse(context, found(state.transfers, 'transfer', id ?? ''), form);
    case 'GET /charges/:id':
      return found(state.charges, 'charge', id ?? '');
    case 'GET /invoice_payments':
      return page(
        state.invoicePayments.filter(({ invoice }) => invoice === textOf(form, 'invoice')),
        ...([path, form] as const),
      );
    case 'GET /events':
      return page(state.events.filter(eventsWith(form, account)), path, form);
    default:
      throw new WireError(404, {
        type: 'invalid_request_error',
        message: `Unrecognized request URL (${method}: ${path}); the fake does not have it`,
      });
  }
}

function found(objects: readonly StripeObject[], what: string, id: string): StripeObject {
  const object = objects.find((each) => each.id === id);
  if (object === undefined) throw missing(what, id);
  return object;
}

function createAccount({ state, now }: Context, form: Form): StripeObject {
  const type = textOf(form, 'type') ?? 'standard';
  const country = textOf(form, 'country') ?? 'US';
  if (!/^[A-Z]{2}$/.test(country)) throw invalid(`Country '${country}' is unknown.`, 'country');
  const metadata = textsOf(fieldsOf(form, 'metadata'));
  const account = accountOf({ type, country, metadata }, now());
  state.accounts.push(account);
  return account;
}

const LINK_SECONDS = 300;

function createLink({ state, now, baseUrl }: Context, form: Form) {
  const account = found(state.accounts, 'account', textOf(form, 'account') ?? '');
  const returnUrl = textOf(form, 'return_url');
  if (returnUrl === undefined || textOf(form, 'refresh_url') === undefined) {
    throw invalid('You must pass refresh_url and return_url.', 'return_url');
  }
  const token = stripeId('link');
  state.links.push({ token, account: account.id, returnUrl });
  const created = now();
  return {
    ...{ object: 'account_link', created, expires_at: created + LINK_SECONDS },
    url: `${baseUrl()}/setup/${token}`,
  };
}

function amountIn(form: Form): number {
  const amount = Number(textOf(form, 'amount'));
  if (Number.isSafeInteger(amount) && amount > 0) return amount;
  throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer');
}

function createTransfer(context: Context, form: Form): StripeObject {
  const { state, now, emit, takeInsufficient } = context;
  const amount = amountIn(form);
  const currency = textOf(form, 'currency') ?? '';
  if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}`, 'currency');
  const destination = found(state.accounts, 'destination', textOf(form, 'destination') ?? '').id;
  requireTransfers(found(state.accounts, 'destination', destination));
  if (takeInsufficient()) throw insufficient();
  const transfer = transferOf(
    {
      ...{ amount, currency, destination },
      transfer_group: textOf(form, 'transfer_group') ?? null,
      metadata: textsOf(fieldsOf(form, 'metadata')),
    },
    now(),
  );
  state.transfers.push(transfer);
  emit('transfer.created', transfer);
  return transfer;
}

function requireTransfers({ capabilities }: StripeObject): void {
  if (Object(capabilities).transfers === 'active') return;
  const message =
    'Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments';
  const code = 'insufficient_capabilities_for_transfer';
  throw new WireError(400, { type: 'invalid_request_error', code, message }, true);
}

function insufficient(): WireError {
  const message = 'You have insufficient available funds in your Stripe account.';
  const code = 'balance_insufficient';
  return new WireError(400, { type: 'invalid_request_error', code, message }, true);
}

function reverse({ now, emit }: Context, transfer: StripeObject, form: Form): StripeObject {
  const left = Number(transfer.amount) - Number(transfer.amount_reversed);
  const amount = textOf(form, 'amount') === undefined ? left : amountIn(form);
  if (amount > left) {
    throw invalid(`Reversal amount (${amount}) is greater than the unreversed amount`, 'amount');
  }
  const reversal = reversalOf(transfer, amount, textsOf(fieldsOf(form, 'metadata')), now());
  const amountReversed = Number(transfer.amount_reversed) + amount;
  Object.assign(transfer, {
    ...{ amount_reversed: amountReversed, reversed: amountReversed === transfer.amount },
  });
  emit('transfer.reversed', transfer);
  return reversal;
}

function isSince({ created }: StripeObject, form: Form): boolean {
  const since = textOf(fieldsOf(form, 'created'), 'gte');
  return since === undefined || Number(created) >= Number(since);
}

function transfersWith(form: Form) {
  const group = textOf(form, 'transfer_group');
  return (transfer: StripeObject) =>
    isSince(transfer, form) && (group === undefined || transfer.transfer_group === group);
}

function eventsWith(form: Form, account: string | null) {
  const types = Object.values(fieldsOf(form, 'types'));
  return (event: StripeObject) =>
    isSince(event, form) &&
    (event.account ?? null) === account &&
    (types.length === 0 || types.includes(String(event.type)));
}

const MAX_PAGE = 100;
const USUAL_PAGE = 10;

/** One page, the newest first. */
function page(objects: readonly StripeObject[], url: string, form: Form): StripeList {
  const newest = objects.toReversed();
  const after = textOf(form, 'starting_after');
  const start = after === undefined ? 0 : newest.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) throw missing('starting_after', after);
  const limit = Math.min(Number(textOf(form, 'limit') ?? USUAL_PAGE), MAX_PAGE);
  const data = newest.slice(start, start + limit);
  return { object: 'list', data, has_more: start + limit < newest.length, url };
}
