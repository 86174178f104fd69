from kalka.cli.main import kalka

if __name__ == "__main__":
    kalka()
