import { CloseOutlined } from '@ant-design/icons'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useCanvas } from './canvas-context.ts'
import type { CommentNode } from './graph.ts'

/** A note to colleagues. It is taken by its upper edge and written into below. */
export const CommentCard = memo(function CommentCard({ data }: NodeProps<CommentNode>) {
  const { t, writeComment, removeComment } = useCanvas()
  const { comment } = data
  return (
    <div className="canvas-comment">
      <div className="comment-grip">
        <button
          type="button"
          className="nodrag"
          aria-label={t('removeComment')}
          title={t('removeComment')}
          onClick={() => removeComment(comment.id)}
        >
          <CloseOutlined aria-hidden />
        </button>
      </div>
      <textarea
        className="nodrag nowheel nopan"
        aria-label={t('comment')}
        placeholder={t('commentHint')}
        maxLength={2000}
        value={comment.text}
        onChange={(event) => writeComment(comment.id, event.target.value)}
      />
    </div>
  )
})
