"""What the agency does by itself and by when: rules 'when … then …' made by staff, and service levels per step."""
