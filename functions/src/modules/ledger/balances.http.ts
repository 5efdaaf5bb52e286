import { createHash } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers } from '../../platform/http/responses.ts';
import {
  balanceAnswerSchema,
  balanceQuerySchema,
  statementQuerySchema,
  statementSchema,
} from './balances.schema.ts';
import { getBalance } from './balances.service.ts';
import { getStatement, getWholeStatement } from './statement.service.ts';
import { statementCsv } from './statement-csv.ts';
import { pageStyle, statementPage } from './statement-page.ts';

const styleHash = createHash('sha256').update(pageStyle).digest('base64');
/** The page shows text in a style of its own, and nothing else: no script, no request. */
const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
const PRIVATE = { 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff' };

const statementAnswers = answers(200, statementSchema, 'The statement; a file or page is whole');
const routeOfStatement = createRoute({
  method: 'get',
  path: '/api/earnings/statement',
  request: { query: statementQuerySchema },
  responses: {
    ...statementAnswers,
    200: {
      ...statementAnswers[200],
      content: {
        ...statementAnswers[200].content,
        'text/csv': { schema: z.string() },
        'text/html': { schema: z.string() },
      },
    },
  },
});

/** Adds the routes by which payees see what they have. */
export function registerBalanceRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/earnings/balance',
      request: { query: balanceQuerySchema },
      responses: answers(200, balanceAnswerSchema, 'What a payee has, by currency and state'),
    }),
    async (c) => c.json(await getBalance(c.var.caller, c.req.valid('query')), 200),
  );
  api.openapi(routeOfStatement, async (c) => {
    const query = c.req.valid('query');
    if (query.format === 'json') return c.json(await getStatement(c.var.caller, query), 200);
    const { org, payee, statement } = await getWholeStatement(c.var.caller, query);
    if (query.format === 'csv') {
      const name = `statement-${statement.userId}-${statement.from.slice(0, 10)}.csv`;
      const disposition = { 'Content-Disposition': `attachment; filename="${name}"` };
      const type = { 'Content-Type': 'text/csv; charset=utf-8' };
      return c.body(statementCsv(statement), 200, { ...PRIVATE, ...type, ...disposition });
    }
    const head = { orgName: org.name, payeeName: payee.name, locale: query.locale };
    const security = { ...PRIVATE, 'Content-Security-Policy': PAGE_POLICY };
    return c.html(await statementPage(statement, head), 200, security);
  });
}
