export { whereDealFound, whereDealInvolves, whereDealUntokenised } from './search.repository.ts';
export { parseSearch, type SearchQuery } from './search-query.ts';
export { type Findable, searchTokensOf } from './search-tokens.ts';
export { wordsOfDomain, wordsOfEmail, wordsOfText } from './search-words.ts';
