import { readFileSync } from 'node:fs'

/** The links that texts of the corpus contain: a genuine one, one that it replaced, and one of another invitation. */
export interface LinkSet {
  link: string
  older: string
  another: string
}

interface Case {
  name: string
  pasted: string
  want: string
}

/** Returns the corpus of links with its placeholders filled in, as text/texttest/fill.go does. */
export function linkCorpus(links: LinkSet): Case[] {
  const corpus = JSON.parse(readFileSync(new URL('../../text/texttest/testdata/links.json', import.meta.url), 'utf8')) as Case[]
  const forms = formsOf(links)
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => forms[name] ?? missing(name))
  return corpus.map(({ name, pasted, want }) => ({ name, pasted: fill(pasted), want: fill(want) }))
}

function missing(name: string): never {
  throw new Error(`fill in the corpus: {${name}} is unknown`)
}

function formsOf({ link, older, another }: LinkSet): Record<string, string> {
  const [join = '', token = ''] = link.split('#')
  const { protocol, host, pathname } = new URL(join)
  const percent = encodeURIComponent(link)
  const each = (mark: string) => [...link].map((letter) => mark + letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')).join('')
  const broken = (text: string, size: number, by: string) => (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(by)
  const hyphened = (address: string) =>
    encodeURIComponent(address).replaceAll(/[_-]/g, (sign) => (sign === '_' ? '-5F' : '-2D')).replaceAll('%2F', '_').replaceAll('%', '-')
  return {
    link,
    older,
    another,
    token,
    join,
    head: token.slice(0, 30),
    tail: token.slice(30),
    noversion: token.slice(3),
    short: link.slice(0, -9),
    less: link.slice(0, -1),
    lower: link.toLowerCase(),
    forged: `${join}#${token.slice(0, 40)}${token[40] === 'A' ? 'B' : 'A'}${token.slice(41)}`,
    nounderscores: link.replaceAll('_', ''),
    capital: `${protocol}//${host}/${pathname.slice(1, 2).toUpperCase()}${pathname.slice(2)}#${token}`,
    upperhost: `${`${protocol}//${host}`.toUpperCase()}${pathname}#${token}`,
    percent,
    percent2: encodeURIComponent(percent),
    percentlower: percent.replaceAll('%3A', '%3a').replaceAll('%2F', '%2f'),
    percentall: each('%'),
    qpall: each('='),
    hyphen: hyphened(link),
    hyphenpercent: hyphened(`https://nam02.safelinks.protection.outlook.com/?url=${percent}&data=05`),
    star: link.replaceAll('#', '*'),
    base64: Buffer.from(link).toString('base64'),
    entities: link.replaceAll('#', '&#35;').replaceAll('_', '&#x5F;'),
    escaped: link.replaceAll('_', String.raw`\_`),
    wrap76: broken(link, 76, '\n'),
    wrap76crlf: broken(link, 76, '\r\n'),
    quoted: broken(link, 60, '\n> '),
    qp: broken(`Open: ${link}`, 50, '=\r\n'),
    zwsp: broken(link, 20, '\u200B'),
    shy: broken(link, 30, '\u00AD'),
    nbhyphen: link.replaceAll('-', '\u2011'),
    dashes: link.replaceAll('--', '—'),
    fullwidth: `${join}＃${token.replaceAll('_', '＿').replaceAll('u1', 'ｕ１')}`,
  }
}
