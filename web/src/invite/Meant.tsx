import { t } from '../texts'
import { Button } from '../ui/Button'

/** Offers the address that somebody may have meant. */
export function Meant({ address, onChoose }: { address: string; onChoose: (address: string) => void }) {
  return (
    <div role="status">
      <Button kind="text" size="small" onClick={() => onChoose(address)}>
        {t.invite.meant(address)}
      </Button>
    </div>
  )
}
