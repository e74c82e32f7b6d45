print("nnrscope")
