import { type CSSProperties, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useServerNow } from '../graphql/clock'
import { AnswerHandOverDocument, type HandOverShownFragment, OfferHandOverDocument } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { useHandOver } from '../link/useHandOver'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { QrCode } from '../ui/QrCode'
import { Scroll } from '../ui/Scroll'
import { span } from '../ui/time'
import './HandOver.css'

const term = 120_000 // milliseconds

/** Offers one's place to another device, and asks before it moves. */
export default function HandOver({ roomId, onClose }: { roomId: string; onClose: () => void }) {
  const [offer, offering] = useRun(OfferHandOverDocument)
  const [answer, answering] = useRun(AnswerHandOverDocument)
  const [shown, setShown] = useState<HandOverShownFragment | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const { say } = useVoice()
  useHandOver(shown?.id ?? null, (now) => {
    setShown((before) => (before?.id === now.id ? { ...before, ...now } : before))
    if (now.state === 'ASKED' && shown?.state !== 'ASKED') say(t.move.wants(now.browser ?? null))
  })

  const begin = async () => {
    setFault(null)
    const outcome = await offer({ roomId })
    if ('answer' in outcome) setShown(outcome.answer.handOver)
    else setFault('problem' in outcome ? outcome.problem.message : outcome.fault)
  }
  const beginOnce = useEffectEvent(() => void begin())
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    beginOnce()
  }, [])
  const reply = async (allow: boolean) => {
    if (!shown) return
    const outcome = await answer({ id: shown.id, allow })
    if ('answer' in outcome) setShown({ ...shown, ...outcome.answer.handOver })
    else if ('problem' in outcome) setFault(outcome.problem.message)
    else setFault(outcome.fault)
  }
  const state = shown?.state
  const close = () => {
    if (state === 'OFFERED' || state === 'ASKED') void reply(false)
    onClose()
  }

  if (shown && state === 'ASKED') {
    return (
      <Dialog
        key="asked"
        alert
        title={t.move.wants(shown.browser ?? null)}
        fault={fault}
        onClose={close}
        foot={
          <>
            <Button busy={answering} onClick={() => void reply(false)} autoFocus>
              {t.move.no}
            </Button>
            <Button kind="primary" busy={answering} onClick={() => void reply(true)}>
              {t.move.allow}
            </Button>
          </>
        }
      >
        <p>{t.move.wantsText}</p>
      </Dialog>
    )
  }
  const over = state === 'REFUSED' || state === 'ENDED' || (!shown && fault !== null)
  return (
    <Dialog
      key="offered"
      title={t.move.title}
      fault={fault}
      onClose={close}
      foot={
        <>
          {over && (
            <Button kind="primary" busy={offering} onClick={() => void begin()}>
              {t.move.again}
            </Button>
          )}
          <Button onClick={close} autoFocus={!over}>
            {t.close}
          </Button>
        </>
      }
    >
      {!shown && !fault && <p role="status">{t.move.making}</p>}
      {shown && state === 'OFFERED' && <Offered shown={shown} />}
      {over && shown && <p role="status">{state === 'REFUSED' ? t.move.refused : t.move.ended}</p>}
      {state === 'MOVED' && <p role="status">{t.move.moved}</p>}
    </Dialog>
  )
}

function Offered({ shown }: { shown: HandOverShownFragment }) {
  const rest = Math.max(0, Date.parse(shown.expiresAt) - useServerNow(1000))
  return (
    <Scroll className="hand-over" label={t.move.code}>
      <p>{t.move.scan}</p>
      {shown.url && <QrCode text={shown.url} label={t.move.qrOf} large />}
      {shown.digits && (
        <p>
          <span className="visually-hidden">{t.move.digits}: </span>
          <span className="hand-over__digits">
            {shown.digits.slice(0, 3)} {shown.digits.slice(3)}
          </span>
        </p>
      )}
      <p className="small soft hand-over__time" role="timer" aria-live="off">
        <span className="hand-over__ring" style={{ '--rest': rest / term } as CSSProperties} aria-hidden="true" />
        {t.move.ends(span(rest))}
      </p>
      <p className="small strong">{t.move.private}</p>
    </Scroll>
  )
}
